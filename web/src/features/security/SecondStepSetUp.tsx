import { useState } from 'react';
import { FirstCode } from './FirstCode';
import { RecoveryCodes } from './RecoveryCodes';

interface Props {
  secret: string;
  uri: string;
  onDone: () => void;
  onCancel: () => void;
}

/** From the new secret to kept recovery codes. Few come here, and once: a chunk of its own. */
export default function SecondStepSetUp({ onDone, ...rest }: Props) {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  // An identity provider has none.
  const take = (made: string[]) => (made.length === 0 ? onDone() : setCodes(made));
  return <FirstCode {...rest} onCodes={take} />;
}
