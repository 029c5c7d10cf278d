import { useLanguage } from '@/i18n';
import { dongOf, momentOf, readEvidence } from './evidence';

/** A signed message, value by value, in the gateway's own names. */
export function EvidenceTable({ text }: { text: string }) {
  const { t } = useLanguage();
  const say = useMeaning();
  if (text === '') return <p className="text-ink-2">{t('console.noEvidence')}</p>;
  const evidence = readEvidence(text);
  if (!evidence) return <p className="break-words">{text}</p>;
  return (
    <table className="figures w-full table-fixed text-sm">
      <caption className="sr-only">{t('console.evidence')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('console.field')}</th>
          <th scope="col">{t('console.value')}</th>
        </tr>
      </thead>
      <tbody>
        {evidence.map(([name, value]) => (
          <tr key={name} className="border-t border-line">
            <th
              scope="row"
              className="w-1/2 py-1.5 pr-3 text-left align-top font-normal break-words text-ink-2 sm:w-2/5"
            >
              {name}
            </th>
            <td className="py-1.5 align-top break-words">
              {value}
              {say(name, value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a value means where it cannot be read off: hundredths of dong, run-together moments. */
function useMeaning() {
  const { vnd, moment } = useLanguage();
  return (name: string, value: string) => {
    let meaning: string | null = null;
    if (name === 'vnp_Amount') {
      const dong = dongOf(value);
      meaning = dong === null ? null : vnd(dong);
    } else if (name === 'vnp_PayDate') {
      const iso = momentOf(value);
      meaning = iso === null ? null : moment(iso);
    }
    return meaning && <span className="block font-semibold">{meaning}</span>;
  };
}
