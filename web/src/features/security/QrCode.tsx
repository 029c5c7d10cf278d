import { useMemo } from 'react';
import { encode } from 'uqr';

/** The quiet zone around the code (ISO/IEC 18004: four modules). */
const quiet = 4;

/**
 * A text as a QR code, drawn here: the secret in it goes to nobody. Always dark on light, since not
 * every camera reads the reverse.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const { data } = encode(text, { ecc: 'M', border: quiet });
    const dark = data.flatMap((row, y) =>
      row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { path: dark.join(''), size: data.length };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      data-testid="qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="block size-64 max-w-full"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
