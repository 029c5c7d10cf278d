import clsx from 'clsx';
import { useLanguage, type MessageKey } from '@/i18n';
import { signupCredits } from '@/ui/facts';

const lines: { text: MessageKey; delta: number; balance: number }[] = [
  { text: 'fair.line.gift', delta: signupCredits, balance: signupCredits },
  { text: 'fair.line.picture', delta: -1, balance: signupCredits - 1 },
  { text: 'fair.line.held', delta: -1, balance: signupCredits - 2 },
  { text: 'fair.line.returned', delta: 1, balance: signupCredits - 1 },
];

/** What makes it safe to pay: an open book, shown as one. */
export function Fairness() {
  const { t } = useLanguage();
  return (
    <section
      aria-labelledby="fair"
      className="page grid items-center gap-10 py-16 lg:grid-cols-2 lg:gap-16 lg:py-24"
    >
      <div>
        <h2 id="fair" className="text-3xl sm:text-4xl">
          {t('fair.title')}
        </h2>
        <p className="mt-4 max-w-lg text-lg text-ink-2">{t('fair.text')}</p>
        <ul className="mt-6 grid max-w-lg gap-3">
          {(['fair.point1', 'fair.point2', 'fair.point3'] as const).map((key) => (
            <li key={key} className="border-l-3 border-cobalt pl-4">
              {t(key)}
            </li>
          ))}
        </ul>
      </div>
      <Book />
    </section>
  );
}

function Book() {
  const { t, signed, number } = useLanguage();
  return (
    <div className="framed m-1 p-5 sm:p-8">
      <table className="figures w-full">
        <caption className="pb-4 text-left font-display text-xl font-semibold">
          {t('fair.book')}
        </caption>
        <thead>
          <tr className="border-y border-line text-left text-sm text-ink-2">
            <th scope="col" className="py-2 font-normal">
              {t('ledger.what')}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal">
              {t('ledger.delta')}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal">
              {t('ledger.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((row) => (
            <tr key={row.text} className="border-b border-line">
              <td className="py-3 pr-4">{t(row.text)}</td>
              <td
                className={clsx('py-3 text-right font-semibold', row.delta > 0 && 'text-celadon')}
              >
                {signed(row.delta)}
              </td>
              <td className="py-3 pl-4 text-right">{number(row.balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
