import {
  digits,
  maxLength,
  maxValue,
  minLength,
  minValue,
  object,
  pipe,
  string,
  toNumber,
  trim,
} from 'valibot';
import type { AdminOrder } from '@/api/types';

/** Why, in the operator's words: the API's rule (api/openapi.yaml Note). */
export const note = pipe(string(), trim(), minLength(3, 'too_short'), maxLength(500, 'too_long'));

export const noted = object({ note });

const whole = (highest: number) =>
  pipe(
    string(),
    trim(),
    digits('out_of_range'),
    toNumber(),
    minValue(1, 'out_of_range'),
    maxValue(highest, 'out_of_range'),
  );

/** At most so many credits are given by hand at once: the API's rule. */
export const mostGranted = 1_000_000;

/** Credits given by hand. */
export const grant = object({ credits: whole(mostGranted), note });

/** Credits of an order to be paid back. */
export const partialRefund = (order: Pick<AdminOrder, 'credits'>) =>
  object({ credits: whole(order.credits), note });

/**
 * What some credits of an order are worth in dong. Rounded down as the server rounds, so that parts
 * never exceed the whole.
 */
export const refundAmount = (
  order: Pick<AdminOrder, 'credits' | 'amountVnd'>,
  credits: number,
): number => Math.floor((order.amountVnd * credits) / order.credits);
