// The letters that SES's emulator took, as /dev/mail.json gives them in development.
import { ask } from './signed_client.mjs';

const kAddress = /https?:\/\/[^\s<>"]+/;

/** An integration for the gateway: answers with all letters, newest first. */
export const inbox = (sesUrl) => async () => {
  const { text } = await ask(`${sesUrl}/_lab/target/store`);
  const letters = JSON.parse(text).emails.map((email, index) => ({
    id: String(index),
    to: email.destination.to[0] ?? '',
    subject: email.subject ?? '',
    text: email.body.text ?? '',
    link: kAddress.exec(email.body.text ?? '')?.[0] ?? '',
    createdAt: new Date(email.at * 1000).toISOString(),
  }));
  const headers = [
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
  ];
  return { status: 200, headers, body: Buffer.from(JSON.stringify(letters.reverse())) };
};
