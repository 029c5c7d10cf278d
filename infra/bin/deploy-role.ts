// The role with which GitHub deploys, alone: ./run deploy --role-for OWNER/NAME.
import { App } from 'aws-cdk-lib';
import { DeployRoleStack } from '../lib/deploy-role-stack';
import { kGlobalRegion } from '../lib/edge-security-stack';
import { checkRules } from '../lib/nag';
import { SettingReader } from '../lib/setting-reader';

try {
  const app = new App();
  const reader = new SettingReader((name) => app.node.tryGetContext(name));
  const kRegion = /^[a-z]{2}(-[a-z]+)+-\d$/;
  const region = reader.text('region', 'ap-southeast-1', kRegion, 'a region');
  const second = reader.text('secondRegion', 'ap-southeast-2', kRegion, 'another region');
  const settings = {
    stage: reader.text('stage', 'prod', /^[a-z][a-z0-9]{0,11}$/, 'a short word, such as dev'),
    region,
    regions: [...new Set([region, second, kGlobalRegion])],
    repository: reader.required('repository', undefined, /^[\w.-]+\/[\w.-]+$/, {
      what: 'a repository on GitHub',
      example: 'owner/imagify',
    }),
    providerExists: reader.choice('providerExists', ['no', 'yes'] as const) === 'yes',
  };
  reader.finish();
  new DeployRoleStack(app, settings);
  checkRules(app);
  app.synth();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
