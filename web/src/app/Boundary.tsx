import { Component, type ReactNode } from 'react';
import { Problem } from '@/api/problem';
import { useLanguage } from '@/i18n';
import { Button, buttonClass } from '@/ui/Button';

interface State {
  error: unknown;
}

/** Catches what a page throws while it is drawn, so that a fault never leaves an empty screen. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    return this.state.error === null ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: State) {
  const { t } = useLanguage();
  const id = error instanceof Problem ? error.requestId : undefined;
  return (
    <div role="alert" className="page max-w-2xl! py-16">
      <h1 className="text-3xl">{t('broken.title')}</h1>
      <p className="mt-3 text-ink-2">{t('broken.text')}</p>
      {id && <p className="mt-3 text-sm text-ink-2">{t('error.requestId', { id })}</p>}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button look="primary" onClick={() => location.reload()}>
          {t('broken.reload')}
        </Button>
        {/* A full load on purpose: whatever broke is left behind. */}
        <a href="/studio" className={buttonClass('secondary')}>
          {t('broken.studio')}
        </a>
      </div>
    </div>
  );
}
