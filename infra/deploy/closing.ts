// What is left to do by hand after a deployment.
import { kSecretNames } from '../lib/security-stack';
import { nameOf } from '../lib/settings';
import type { Settings } from '../lib/settings';

const isSandbox = ({ vnpay }: Settings) => vnpay.payUrl.includes('//sandbox.');

function enter(settings: Settings, name: string, who: string): string {
  const id = nameOf(settings, name);
  return `  # ${who}; paste it, then Enter and Ctrl-D. It is in no history and no list of processes.
  tr -d '\\n' | aws secretsmanager put-secret-value --region ${settings.region} \\
      --secret-id ${id} --secret-string file:///dev/stdin`;
}

export function closingWords(settings: Settings, site: string): string {
  const painting = settings.painters.includes('clipdrop');
  return `
Imagify (stage ${settings.stage}) is deployed.

  Site      ${site}
  Ready?    curl -fsS ${site}/readyz

Enter in VNPAY's merchant portal (terminal ${settings.vnpay.tmnCode}${
    isSandbox(settings) ? ', sandbox' : ''
  }):

  IPN URL     ${site}/payment/vnpay-ipn
  Return URL  ${site}/payment-result   (each payment says it too; enter it only if asked for)

Secrets. AWS made them up: until you enter VNPAY's, no payment succeeds. Functions see a new one
within five minutes.

${enter(settings, kSecretNames.vnpayHash, 'vnp_HashSecret of that terminal')}
${painting ? `\n${enter(settings, kSecretNames.clipdrop, "ClipDrop's API key")}\n` : ''}
Then confirm the letters that AWS has sent${settings.alarmEmail ? ` (SES; alarms to ${settings.alarmEmail})` : ' (SES)'}, and
ask SES for production access once: docs/deploy.md, step 3.
`;
}
