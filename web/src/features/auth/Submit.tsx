import type { Problem } from '@/api/problem';
import { useLanguage, type MessageKey } from '@/i18n';
import { WaitButton } from '@/ui/WaitButton';

interface Props {
  busy: boolean;
  after: Problem | null;
  idle: MessageKey;
  sending: MessageKey;
}

/** Sends the one form of a page. */
export function Submit({ busy, after, idle, sending }: Props) {
  const { t } = useLanguage();
  return (
    <WaitButton look="primary" type="submit" busy={busy} after={after} className="text-lg">
      {t(busy ? sending : idle)}
    </WaitButton>
  );
}
