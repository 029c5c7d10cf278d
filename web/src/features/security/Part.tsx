import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** How it stands now. */
  state?: ReactNode;
  children: ReactNode;
}

/** One matter of the page. Not printed while there are recovery codes to print. */
export function Part({ title, state, children }: Props) {
  const heading = useId();
  return (
    <section
      aria-labelledby={heading}
      className="min-w-0 group-has-[#recovery-codes]:not-has-[#recovery-codes]:print:hidden"
    >
      <div className="rim" />
      <h2 id={heading} className="mt-4 text-2xl">
        {title}
      </h2>
      {state && <div className="mt-1 break-words text-ink-2">{state}</div>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
