import { check, forward, maxLength, object, optional, pipe, string, trim } from 'valibot';
import { address, code, newPassword, otp, password } from '@/ui/rules';

export const registration = pipe(
  object({
    name: optional(pipe(string(), trim(), maxLength(100, 'too_long'))),
    email: address,
    password: newPassword,
  }),
  forward(
    check(
      ({ email: mail, password: chosen }) => chosen.toLowerCase() !== mail.toLowerCase(),
      'same_as_email',
    ),
    ['password'],
  ),
);

/** The two steps of signing in share a form; the second one's field comes when it is asked for. */
export const credentials = object({ email: address, password, otp: optional(otp) });

export const emailOnly = object({ email: address });
export const emailCode = object({ email: address, code });
export const codedPassword = object({ email: address, code, password: newPassword });
export const chosenPassword = object({ password: newPassword });
