import type { ComponentProps } from 'react';
import { Trouble } from '@/ui/Trouble';
import { useErrorWords } from './errorWords';

/** A refusal in an operator's words. */
export function ConsoleTrouble(props: Omit<ComponentProps<typeof Trouble>, 'say'>) {
  return <Trouble {...props} say={useErrorWords()} />;
}
