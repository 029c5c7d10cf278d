// The firewall in front of CloudFront: AWS keeps those of the whole world in us-east-1.
import type { App } from 'aws-cdk-lib';
import { addFirewall, siteRules } from './firewall';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

export const kGlobalRegion = 'us-east-1';

export class EdgeSecurityStack extends ImagifyStack {
  /** ARN of CloudFront's web ACL. */
  readonly siteAcl: string;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyEdgeSecurityStack', settings, {
      region: kGlobalRegion,
      crossRegionReferences: true,
    });
    this.siteAcl = addFirewall(this, 'SiteAcl', {
      name: this.named('imagify-site'),
      scope: 'CLOUDFRONT',
      rules: siteRules(settings.phase),
    });
  }
}
