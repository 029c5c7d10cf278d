import { CreditCard, Landmark, QrCode, Store } from 'lucide-react';
import type { BankCode } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';

const methods = [
  { value: 'any', key: 'method.any', icon: Store },
  { value: 'VNPAYQR', key: 'method.qr', icon: QrCode },
  { value: 'VNBANK', key: 'method.bank', icon: Landmark },
  { value: 'INTCARD', key: 'method.card', icon: CreditCard },
] as const;

interface Props {
  value: BankCode | 'any';
  onChange: (value: BankCode | 'any') => void;
}

export function PayMethod({ value, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <Choice
      legend={t('method.title')}
      name="method"
      className="grid! grid-cols-2 sm:grid-cols-4"
      itemClass="min-h-20 flex-col"
      options={methods.map(({ value: code, key, icon: Icon }) => ({
        value: code,
        label: t(key),
        picture: <Icon aria-hidden="true" className="size-6" />,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
