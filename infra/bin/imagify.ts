// What the CDK's command line runs. ../run deploy calls it; docs/deploy.md says how.
import { App } from 'aws-cdk-lib';
import { buildImagify } from '../lib/app';
import { checkRules } from '../lib/nag';
import { readSettings } from '../lib/settings';

try {
  const app = new App();
  buildImagify(app, readSettings((name) => app.node.tryGetContext(name)));
  checkRules(app);
  app.synth();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
