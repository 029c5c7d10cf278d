import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';

/** Copies a text; says so on itself, or that the browser would not. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  const copy = () =>
    // Absent where the page is not served securely.
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('none'))).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <Button onClick={() => void copy()}>
      <Icon aria-hidden="true" className="size-5" />
      <span aria-live="polite">
        {outcome === null && t('security.copy')}
        {outcome === 'copied' && t('security.copied')}
        {outcome === 'refused' && t('security.notCopied')}
      </span>
    </Button>
  );
}
