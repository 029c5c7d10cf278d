import { useEffect } from 'react';
import { useVerifyEmail } from '@/api/letters';
import { problemOf, type Problem } from '@/api/problem';
import { useMailedCodes, useSession } from '@/api/session';
import { ResendLetter } from '@/app/ResendLetter';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { Outcome } from '@/ui/Outcome';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { CodeFields } from './CodeFields';
import { emailCode } from './schemas';
import { Submit } from './Submit';
import { useLinkToken } from './useLinkToken';

/**
 * Where the letter to an address leads: proves the address, with or without a session, by its link
 * or by the code in it.
 */
export default function VerifyEmail() {
  const { t } = useLanguage();
  usePageTitle(t('verify.title'));
  const token = useLinkToken();
  const codes = useMailedCodes();
  const { user } = useSession();
  const asks = token === '' && codes && !user?.emailVerified;
  return (
    <AuthFrame title={t('verify.title')} lead={t('verify.lead')}>
      <div className="mt-8">
        {asks && <Coded />}
        {!asks && token === '' && <Spent />}
        {token !== '' && <Following key={token} token={token} />}
      </div>
    </AuthFrame>
  );
}

function Following({ token }: { token: string }) {
  const { t } = useLanguage();
  const { mutate, data, error } = useVerifyEmail();
  useEffect(() => mutate({ token }), [mutate, token]);
  if (data) return <Proved email={data.email} gift={data.giftCredits} />;
  if (error) return <Refused problem={problemOf(error)} onRetry={() => mutate({ token })} />;
  return (
    <div role="status">
      <p className="text-ink-2">{t('verify.checking')}</p>
      <Skeleton className="mt-4 h-24" />
    </div>
  );
}

function Coded() {
  const { t } = useLanguage();
  const { user } = useSession();
  const verify = useVerifyEmail();
  const form = useValidForm(emailCode, (values) => verify.mutate(values), verify.error);
  if (verify.data) return <Proved email={verify.data.email} gift={verify.data.giftCredits} />;
  const wrong = form.problem?.code === 'auth.link_invalid';
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
      {form.trouble && !wrong && <Trouble error={form.trouble} />}
      <p className="text-ink-2">{t('verify.codeText')}</p>
      <CodeFields errors={form.errors} wrong={wrong} />
      <Submit
        busy={verify.isPending}
        after={form.problem}
        idle="verify.codeSubmit"
        sending="verify.checking"
      />
      {user && <ResendLetter />}
    </form>
  );
}

function Proved({ email, gift }: { email: string; gift: number }) {
  const { t } = useLanguage();
  return (
    <Outcome tone="good" title={t('verify.done')} actions={<Onward />}>
      <p className="break-words">{t('verify.doneText', { email })}</p>
      {gift > 0 && (
        <p className="mt-1 font-semibold text-celadon">{t('verify.gift', { count: gift })}</p>
      )}
    </Outcome>
  );
}

function Refused({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useLanguage();
  if (problem.code === 'account.email_taken')
    return (
      <Outcome tone="warning" title={t('verify.taken')} actions={<Onward />}>
        {t('verify.takenText')}
      </Outcome>
    );
  if (problem.status === 422 || problem.status === 400) return <Spent />;
  return <Trouble error={problem} onRetry={onRetry} />;
}

/** A link that is worth nothing, and what that means for whoever is (or is not) signed in. */
function Spent() {
  const { t } = useLanguage();
  const { user } = useSession();
  if (user === undefined) return <Skeleton className="h-24" />;
  if (user?.emailVerified)
    return (
      <Outcome tone="info" title={t('verify.already')} actions={<Onward />}>
        <p className="break-words">{t('verify.alreadyText', { email: user.email })}</p>
      </Outcome>
    );
  return (
    <Outcome
      tone="warning"
      title={t('verify.invalid')}
      actions={user ? <ResendLetter /> : <Onward />}
    >
      <p className="break-words">
        {user ? t('verify.invalidMember', { email: user.email }) : t('verify.invalidGuest')}
      </p>
    </Outcome>
  );
}

function Onward() {
  const { t } = useLanguage();
  const { user } = useSession();
  return (
    <ButtonLink look="primary" to={user ? '/studio' : '/login'}>
      {t(user ? 'verify.toStudio' : 'nav.login')}
    </ButtonLink>
  );
}
