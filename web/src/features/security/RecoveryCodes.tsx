import { Download, Printer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { CopyButton } from './CopyButton';
import { saveText } from './saveText';

/** The codes that open the account without the phone. Shown this once, so keeping them is easy. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useLanguage();
  const { user } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const save = () =>
    saveText(
      'imagify-recovery-codes.txt',
      [t('security.codesFor', { email: user?.email ?? '' }), ...codes, ''].join('\n'),
    );
  return (
    <div id="recovery-codes" className="grid gap-4">
      <h3 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
        {t('security.codes')}
      </h3>
      <div className="print:hidden">
        <Notice tone="warning">{t('security.codesText')}</Notice>
      </div>
      <p className="hidden print:block">{t('security.codesFor', { email: user?.email ?? '' })}</p>
      <ul
        data-testid="recovery-codes"
        className="figures grid grid-cols-1 gap-x-8 gap-y-1 font-mono text-lg min-[22rem]:grid-cols-2 sm:max-w-md"
      >
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 print:hidden">
        <CopyButton text={codes.join('\n')} />
        <Button onClick={save}>
          <Download aria-hidden="true" className="size-5" />
          {t('security.save')}
        </Button>
        <Button onClick={() => print()}>
          <Printer aria-hidden="true" className="size-5" />
          {t('security.print')}
        </Button>
      </div>
      <Button look="primary" onClick={onKept} className="justify-self-start print:hidden">
        {t('security.kept')}
      </Button>
    </div>
  );
}
