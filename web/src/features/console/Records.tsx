import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useWide } from './useWide';

export interface Column {
  name: string;
  /** Figures stand at the right. */
  right?: boolean;
  /** Short enough to stay on one line. */
  tight?: boolean;
}

export interface Row {
  id: string;
  /** One for each column; the first names the record. */
  cells: readonly ReactNode[];
}

interface Props {
  caption: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

/** Records as a table, or as cards where a table has no room. */
export function Records(props: Props) {
  return useWide() ? <Table {...props} /> : <Cards {...props} />;
}

function Table({ caption, columns, rows }: Props) {
  return (
    <table className="figures w-full">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-left text-sm text-ink-2">
          {columns.map(({ name, right }) => (
            <th
              key={name}
              scope="col"
              className={clsx('px-2 py-2 font-normal', right && 'text-right')}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells: [head, ...rest] }) => (
          <tr key={id} className="border-b border-line align-baseline hover:bg-wash">
            <th scope="row" className="px-2 py-2.5 text-left font-normal">
              {head}
            </th>
            {columns.slice(1).map(({ name, right, tight }, index) => (
              <td
                key={name}
                className={clsx(
                  'px-2 py-2.5',
                  right && 'text-right',
                  tight ? 'whitespace-nowrap' : 'break-words',
                )}
              >
                {rest[index]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ caption, columns, rows }: Props) {
  return (
    <ul aria-label={caption} className="figures border-b border-line">
      {rows.map(({ id, cells: [head, ...rest] }) => (
        <li key={id} className="border-t border-line py-3">
          {head}
          <dl className="mt-1 grid gap-y-0.5">
            {columns.slice(1).map(({ name }, index) => {
              const value = rest[index];
              return value === undefined || value === '' ? null : (
                <div
                  key={name}
                  className="grid grid-cols-[8rem_minmax(0,1fr)] items-baseline gap-x-3"
                >
                  <dt className="text-sm text-ink-2">{name}</dt>
                  <dd className="min-w-0 break-words">{value}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}
