import { lazy, Suspense, useState } from 'react';
import { object } from 'valibot';
import { useDisableMfa, useSetUpMfa } from '@/api/security';
import type { User } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Outcome } from '@/ui/Outcome';
import { confirmation, password } from '@/ui/rules';
import { Skeleton } from '@/ui/Skeleton';
import { Asked } from './Asked';
import { Part } from './Part';

const SecondStepSetUp = lazy(() => import('./SecondStepSetUp'));

const passwordOnly = object({ password });
const confirmed = object(confirmation);

/** Where changing the second step has come to, beyond what the account itself says. */
type Step =
  | { at: 'rest'; outcome?: 'security.nowOn' | 'security.nowOff' }
  | { at: 'set-up'; secret: string; uri: string };

/** One-time passwords of an authenticator app: set up, switched on, switched off. */
export function TwoStep({ user }: { user: User }) {
  const { t } = useLanguage();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const setUp = useSetUpMfa();
  const disable = useDisableMfa();
  if (step.at === 'set-up')
    return (
      <Part title={t('security.twoStep')}>
        <Suspense fallback={<Skeleton className="h-96" />}>
          <SecondStepSetUp
            secret={step.secret}
            uri={step.uri}
            onDone={() => setStep({ at: 'rest', outcome: 'security.nowOn' })}
            onCancel={() => setStep({ at: 'rest' })}
          />
        </Suspense>
      </Part>
    );
  const on = user.mfaEnabled;
  return (
    <Part
      title={t('security.twoStep')}
      state={t(on ? 'security.twoStepOn' : 'security.twoStepOff')}
    >
      {step.outcome && <Outcome tone="good" title={t(step.outcome)} className="mb-4" />}
      {on ? (
        <Asked
          key="off"
          look="danger"
          opener={t('security.switchOff')}
          submit={t('security.switchOff')}
          schema={confirmed}
          act={disable}
          onDone={() => setStep({ at: 'rest', outcome: 'security.nowOff' })}
        />
      ) : (
        <Asked
          key="on"
          opener={t('security.setUp')}
          submit={t('security.continue')}
          schema={passwordOnly}
          act={setUp}
          onDone={(secret) => setStep({ at: 'set-up', ...secret })}
        />
      )}
    </Part>
  );
}
