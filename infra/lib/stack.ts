// What every stack has in common.
import { Stack, Tags } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { nameOf } from './settings';
import type { Settings } from './settings';

export interface Place {
  region?: string;
  /** Whether it names things of stacks in other regions. */
  crossRegionReferences?: boolean;
}

/** `ImagifyDatabaseStack` in production, `ImagifyDatabaseStack-dev` in stage dev. */
export abstract class ImagifyStack extends Stack {
  constructor(app: App, id: string, protected readonly settings: Settings, place: Place = {}) {
    super(app, nameOf(settings, id), {
      env: { account: settings.account, region: place.region ?? settings.region },
      crossRegionReferences: place.crossRegionReferences,
      terminationProtection: settings.stage === 'prod',
    });
    Tags.of(this).add('app', 'imagify');
    Tags.of(this).add('stage', settings.stage);
  }

  /** A name that people see. */
  protected named(name: string) {
    return nameOf(this.settings, name);
  }
}
