import { Monitor, Smartphone } from 'lucide-react';
import type { SessionItem } from '@/api/security';
import { useLanguage, type Text } from '@/i18n';
import { Button } from '@/ui/Button';
import { deviceOf, type Device } from './device';

interface Props {
  items: readonly SessionItem[];
  /** The one that is being signed out. */
  ending: string | undefined;
  onEnd: (id: string) => void;
}

/** Sessions with the device, the address and the time of each. */
export function SessionList({ items, ending, onEnd }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <ul>
        {items.map((item) => (
          <Row key={item.id} item={item} busy={ending === item.id} onEnd={() => onEnd(item.id)} />
        ))}
      </ul>
      {items.length === 1 && <p className="mt-3 text-ink-2">{t('security.onlyThis')}</p>}
    </>
  );
}

function nameOf(t: Text, { browser, system }: Device): string {
  if (browser && system) return t('security.device', { browser, system });
  return browser ?? system ?? t('security.unknownDevice');
}

function Row({ item, busy, onEnd }: { item: SessionItem; busy: boolean; onEnd: () => void }) {
  const { t, moment } = useLanguage();
  const device = deviceOf(item.device);
  const Icon = device.handheld ? Smartphone : Monitor;
  const name = nameOf(t, device);
  const since = t('security.since', { moment: moment(item.createdAt) });
  return (
    <li
      data-testid={item.current ? 'this-session' : 'other-session'}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-3"
    >
      <Icon aria-hidden="true" className="size-6 shrink-0 text-cobalt" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-words">{name}</p>
        <p className="figures text-sm break-words text-ink-2">
          {item.address === '' ? since : `${item.address} · ${since}`}
        </p>
      </div>
      {item.current ? (
        <p className="text-sm font-semibold text-celadon">{t('security.thisDevice')}</p>
      ) : (
        <Button busy={busy} onClick={onEnd} aria-label={t('security.endNamed', { device: name })}>
          {t('security.end')}
        </Button>
      )}
    </li>
  );
}
