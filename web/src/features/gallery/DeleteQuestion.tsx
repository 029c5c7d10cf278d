import { useDeletePicture } from '@/api/pictures';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Trouble } from '@/ui/Trouble';

interface Props {
  id: string;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteQuestion({ id, onClose, onDeleted }: Props) {
  const { t } = useLanguage();
  const remove = useDeletePicture();
  return (
    <Dialog title={t('delete.title')} onClose={onClose}>
      <p className="mt-2 text-ink-2">{t('delete.text')}</p>
      {remove.error && <Trouble error={remove.error} className="mt-4" />}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('action.keep')}</Button>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate(id, { onSuccess: onDeleted })}
        >
          {t('delete.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
