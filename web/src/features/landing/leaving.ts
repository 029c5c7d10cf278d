import { useSyncExternalStore } from 'react';
import { keepStored, readStored } from '@/ui/stored';

/** Left by the account page in this tab as the last thing it does. A reload forgets it. */
let leaving = readStored('goodbye') === true;
if (leaving) keepStored('goodbye', false);

export function forgetLeaving(): void {
  leaving = false;
}

const never = () => () => undefined;

/** Whether an account was deleted a moment ago; never so in what is prerendered. */
export const useLeaving = (): boolean =>
  useSyncExternalStore(
    never,
    () => leaving,
    () => false,
  );
