import { useEffect, useRef } from 'react';
import { object } from 'valibot';
import { useEnableMfa } from '@/api/security';
import { useLanguage } from '@/i18n';
import { buttonClass } from '@/ui/Button';
import { fieldText } from '@/ui/fieldText';
import { OtpField } from '@/ui/OtpField';
import { otp } from '@/ui/rules';
import { ChangeForm } from './ChangeForm';
import { CopyButton } from './CopyButton';
import { QrCode } from './QrCode';

const schema = object({ otp });

interface Props {
  secret: string;
  uri: string;
  onCodes: (codes: string[]) => void;
  onCancel: () => void;
}

/** The secret to scan, to open or to type, and the first code that proves it arrived. */
export function FirstCode({ secret, uri, onCodes, onCancel }: Props) {
  const { t } = useLanguage();
  const enable = useEnableMfa();
  const heading = useRef<HTMLHeadingElement>(null);
  // Not the field of the code: a phone's keyboard would cover what is to be scanned.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <h3 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
          {t('security.scan')}
        </h3>
        <QrCode text={uri} label={t('security.qr')} />
        <p>
          <a href={uri} className={buttonClass('secondary', 'sm:hidden!')}>
            {t('security.openApp')}
          </a>
        </p>
        <p className="text-ink-2">{t('security.typeSecret')}</p>
        <div className="flex flex-wrap items-center gap-3">
          <code data-testid="secret" className="figures text-lg font-semibold break-words">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </code>
          <CopyButton text={secret} />
        </div>
      </div>
      <div className="grid gap-3">
        <h3 className="text-lg font-semibold">{t('security.firstCode')}</h3>
        <ChangeForm
          schema={schema}
          act={enable}
          onDone={({ recoveryCodes }) => onCodes(recoveryCodes)}
          onCancel={onCancel}
          submit={t('security.switchOn')}
        >
          {(errors) => <OtpField recovery={false} error={fieldText(t, 'otp', errors['otp'])} />}
        </ChangeForm>
      </div>
    </div>
  );
}
