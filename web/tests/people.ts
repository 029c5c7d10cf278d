/** A person as the API tells of one. */
export const person = {
  id: 'u1',
  email: 'lan@example.vn',
  emailVerified: true,
  mfaEnabled: false,
  giftPending: 0,
  name: 'Lan',
  locale: 'vi',
  role: 'user',
  createdAt: '2026-01-01T00:00:00Z',
};

/** What the API answers to a guest. */
export const guest = { 'GET /auth/session': { body: { user: null } } };

/** What it answers to a person who is signed in and has five credits. */
export const session = (change: Partial<typeof person> = {}) => ({
  'GET /auth/session': { body: { user: { ...person, ...change } } },
  'GET /user/credits': { body: { credits: 5, held: 0, user: person } },
});
