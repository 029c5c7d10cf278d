import {
  check,
  email,
  forward,
  maxBytes,
  maxLength,
  minLength,
  nonEmpty,
  object,
  optional,
  pipe,
  string,
  trim,
} from 'valibot';

const address = pipe(
  string(),
  trim(),
  nonEmpty('required'),
  email('invalid'),
  maxLength(254, 'too_long'),
);

/** The same rules as the server's (api/openapi.yaml RegisterRequest). */
export const registration = pipe(
  object({
    name: optional(pipe(string(), trim(), maxLength(100, 'too_long'))),
    email: address,
    password: pipe(
      string(),
      nonEmpty('required'),
      minLength(8, 'too_short'),
      maxBytes(128, 'too_long'),
    ),
  }),
  forward(
    check(
      ({ email: mail, password }) => password.toLowerCase() !== mail.toLowerCase(),
      'same_as_email',
    ),
    ['password'],
  ),
);

export const credentials = object({
  email: address,
  password: pipe(string(), nonEmpty('required')),
});
