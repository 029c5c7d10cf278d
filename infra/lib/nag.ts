// AWS's rules of good practice (cdk-nag): a finding that nobody has explained stops the synthesis.
import { Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** To be called before app.synth(). */
export function checkRules(app: App) {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/**
 * Says why a finding is as it should be, next to the construct that it is about. `id` is one
 * finding: "AwsSolutions-IAM5[Resource::*]", not a whole rule where a rule finds several things.
 */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>) {
  for (const [id, reason] of Object.entries(reasons))
    Validations.of(construct).acknowledge({ id, reason });
}
