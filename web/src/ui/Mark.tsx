/** The sign of the house: a plate's two rims around one brushed lotus bud. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <circle cx="16" cy="16" r="15" stroke="currentColor" />
      <circle cx="16" cy="16" r="11.75" stroke="currentColor" strokeWidth="2.5" />
      <path
        fill="currentColor"
        d="M16 8.2c2.2 2 3.2 4.2 3.2 6.4 1.3-.8 2.5-1.1 3.8-1.1-.3 4.4-2.7 7.9-7 9.6-4.3-1.7-6.7-5.2-7-9.6 1.3 0 2.5.3 3.8 1.1 0-2.2 1-4.4 3.2-6.4Zm0 3.6c-.9 1.4-1.2 2.8-1 4.3.2 1.4.5 2.5 1 3.4.5-.9.8-2 1-3.4.2-1.5-.1-2.9-1-4.3Z"
      />
    </svg>
  );
}
