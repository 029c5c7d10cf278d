import { Check, Copy, Download, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useEngines } from '@/api/engines';
import type { Picture } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button, buttonClass } from '@/ui/Button';
import { draftOf, keepDraft } from '@/ui/draft';
import { styleName } from '@/ui/styleName';

/** Everything about one picture, and what can be done with it. */
export function Details({ picture, onDelete }: { picture: Picture; onDelete: () => void }) {
  const { t, moment, number } = useLanguage();
  const [, navigate] = useLocation();
  const engines = useEngines();
  const engine = engines.data?.find(({ id }) => id === picture.engine);
  const facts: [string, string][] = [
    [t('viewer.made'), moment(picture.createdAt)],
    [
      t('viewer.size'),
      picture.width && picture.height
        ? `${number(picture.width)} × ${number(picture.height)}`
        : picture.aspectRatio,
    ],
    [t('studio.style'), styleName(t, picture.style || 'none')],
    [t('viewer.engine'), engine?.name ?? picture.engine],
  ];
  if (picture.seed !== null && picture.seed !== undefined)
    facts.push([t('studio.seed'), String(picture.seed)]);
  const reuse = () => {
    keepDraft(draftOf(picture));
    navigate('/studio');
  };
  return (
    <>
      <h2 className="text-sm text-ink-2">{t('studio.prompt')}</h2>
      <p className="mt-1 pr-10 text-lg whitespace-pre-line lg:pr-0">{picture.prompt}</p>
      <CopyPrompt prompt={picture.prompt} />
      <dl className="figures mt-4 border-b border-line">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 border-t border-line py-2">
            <dt className="text-ink-2">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      {engine?.demo && <p className="mt-2 text-sm text-iron">{t('viewer.demo')}</p>}
      <div className="mt-6 grid gap-2">
        <a
          href={picture.imageUrl}
          download={`imagify-${picture.imageId}`}
          className={buttonClass('primary')}
        >
          <Download aria-hidden="true" className="size-5" />
          {t('picture.download')}
        </a>
        <Button onClick={reuse}>
          <Undo2 aria-hidden="true" className="size-5" />
          {t('picture.reuse')}
        </Button>
        <Button look="danger" onClick={onDelete}>
          <Trash2 aria-hidden="true" className="size-5" />
          {t('picture.delete')}
        </Button>
      </div>
    </>
  );
}

function CopyPrompt({ prompt }: { prompt: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(prompt).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button
      type="button"
      onClick={copy}
      className="-ml-2 mt-1 flex min-h-11 items-center gap-2 rounded px-2 text-cobalt hover:bg-wash"
    >
      {copied ? (
        <Check aria-hidden="true" className="size-4" />
      ) : (
        <Copy aria-hidden="true" className="size-4" />
      )}
      <span role="status">{t(copied ? 'viewer.copied' : 'viewer.copy')}</span>
    </button>
  );
}
