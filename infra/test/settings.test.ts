import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../lib/settings';
import { kContext, settingsOf } from './support';

const complaintOf = (context: Record<string, unknown>) => {
  try {
    settingsOf(context);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('the report names the region, the rest has defaults', () => {
  const settings = settingsOf();
  assert.equal(settings.region, 'ap-southeast-1');
  assert.equal(settings.phase, 1);
  assert.equal(settings.monthlyBudgetUsd, 75);
  assert.equal(settings.identity, 'cognito');
});

test('all that is missing is named at once, with what to write', () => {
  assert.throws(() => readSettings(() => undefined), (error: Error) => {
    assert.match(error.message, /mailFrom is missing.*-c mailFrom="Imagify <no-reply@/);
    assert.match(error.message, /vnpayTmnCode is missing.*-c vnpayTmnCode="ABCD1234"/);
    return true;
  });
});

const kWrong: Record<string, [unknown, RegExp]> = {
  stage: ['Production!', /stage is "Production!"/],
  region: ['Singapore', /region is "Singapore", not a region/],
  phase: [4, /phase is "4", not one of 1, 2, 3/],
  architecture: ['arm', /architecture is "arm", not one of x86_64, arm64/],
  domain: ['https://pictures.example', /domain is .* not a domain such as/],
  hostedZoneId: ['pictures.example', /hostedZoneId/],
  certificateArn: ['arn:aws:acm:ap-southeast-1:111122223333:certificate/a-1', /us-east-1/],
  publicUrl: ['http://pictures.example', /publicUrl is .* not an https/],
  alarmEmail: ['nobody', /alarmEmail is "nobody"/],
  monthlyBudgetUsd: ['much', /monthlyBudgetUsd is "much"/],
  vnpayTmnCode: ['SHORT', /vnpayTmnCode is "SHORT", not the terminal code/],
  vnpayUrl: ['sandbox.vnpayment.vn', /vnpayUrl/],
  painters: ['clipdrop,rembrandt', /painters has "rembrandt"/],
  corsOrigins: ['*', /corsOrigins has "\*"/],
  proxyNetworks: ['cloudfront', /proxyNetworks has "cloudfront"/],
  poolMail: ['ses', /poolMail can be ses only with a domain/],
};
for (const [name, [value, complaint]] of Object.entries(kWrong))
  test(`${name} is checked`, () => assert.match(complaintOf({ [name]: value }), complaint));

test('a domain comes with its certificate and gives the other addresses', () => {
  const domain = 'pictures.example';
  assert.match(complaintOf({ domain }), /certificateArn is needed with domain/);
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/ab-12';
  const settings = settingsOf({ domain, certificateArn, mailFrom: undefined });
  assert.equal(settings.publicUrl, 'https://pictures.example');
  assert.equal(settings.mailFrom, 'Imagify <no-reply@pictures.example>');
});

test('copies are in another region', () => {
  const same = { secondRegion: 'ap-southeast-1' };
  assert.match(complaintOf(same), /secondRegion is ap-southeast-1 too/);
});

test('only a region that there is can be at work', () => {
  assert.match(complaintOf({ activeRegion: 'ap-southeast-2' }), /activeRegion is ap-southeast-2/);
  assert.equal(complaintOf({ phase: 3, activeRegion: 'ap-southeast-2' }), '');
});

test('the settings of these tests are good', () => {
  assert.equal(complaintOf(kContext), '');
});
