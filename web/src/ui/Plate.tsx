/** An empty blue-and-white plate: what an empty list looks like here. */
export function Plate({ className }: { className?: string }) {
  const petals = Array.from({ length: 12 }, (_, index) => index * 30);
  return (
    <svg
      viewBox="0 0 200 200"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
      className={className}
    >
      <circle cx="100" cy="100" r="97" />
      <circle cx="100" cy="100" r="90" strokeWidth="4" />
      <circle cx="100" cy="100" r="60" />
      <circle cx="100" cy="100" r="55" strokeWidth="2" />
      {petals.map((angle) => (
        <g key={angle} transform={`rotate(${angle} 100 100)`}>
          <path d="M100 15c7 7 9 14 7 22l-7 4-7-4c-2-8 0-15 7-22Z" strokeWidth="1.6" />
          <path d="M100 22v14" strokeWidth="1.2" />
          <path
            d="M100 15c7 7 9 14 7 22l-7 4-7-4c-2-8 0-15 7-22Z"
            strokeWidth="1"
            transform="rotate(15 100 100) translate(35 33) scale(.65)"
          />
        </g>
      ))}
      <path
        d="M100 66c11 11 15 22 12 34 8-4 14-5 21-4-4 18-16 30-33 36-17-6-29-18-33-36 7-1 13 0 21 4-3-12 1-23 12-34Z"
        strokeWidth="3"
      />
      <path d="M100 80c4 8 5 15 3 23l-3 12-3-12c-2-8-1-15 3-23Z" strokeWidth="1.6" />
    </svg>
  );
}
