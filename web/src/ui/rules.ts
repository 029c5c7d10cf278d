import {
  email,
  maxBytes,
  maxLength,
  minLength,
  nonEmpty,
  optional,
  pipe,
  string,
  transform,
  trim,
} from 'valibot';

// The same rules as the server's (api/openapi.yaml).

export const address = pipe(
  string(),
  trim(),
  nonEmpty('required'),
  email('invalid'),
  maxLength(254, 'too_long'),
);

/** A password that is being chosen. */
export const newPassword = pipe(
  string(),
  nonEmpty('required'),
  minLength(8, 'too_short'),
  maxBytes(128, 'too_long'),
);

/** A password that is only compared. */
export const password = pipe(string(), nonEmpty('required'));

/** A one-time password or a recovery code, as people read them: in groups. */
export const otp = pipe(
  string(),
  transform((text) => text.replaceAll(/\s/g, '')),
  nonEmpty('required'),
  maxLength(32, 'invalid'),
);

/** What a letter carries, for whoever cannot be sent a link. */
export const code = pipe(
  string(),
  transform((text) => text.replaceAll(/\s/g, '')),
  nonEmpty('required'),
  maxLength(2048, 'invalid'),
);

/** What repeats who is asking: the one-time password only where its field is shown. */
export const confirmation = { password, otp: optional(otp) };
