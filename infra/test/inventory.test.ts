// The bill of docs/cost.md is that of the stacks: its snapshot and the templates cost the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { billOf } from '../cost/charges';
import { basisOf, readInventories } from '../cost/cost';
import { inventoryOf, readTemplates } from '../cost/inventory';
import type { Inventory } from '../cost/inventory';
import { withUsers } from '../cost/page';
import { templatesOf } from './support';

/** An alarm more need not touch the page; a list of the WAF does. */
const kTolerance = 0.03;

/** What AWS costs without ClipDrop, which would hide everything. */
function awsUsd(inventory: Inventory, users: number): number {
  const { lines } = billOf(withUsers(basisOf(inventory), users));
  return lines.reduce((sum, { service, usd }) => sum + (service === 'ClipDrop' ? 0 : usd), 0);
}

function drift(one: Inventory, other: Inventory): number {
  const apart = [1_000, 100_000].map((users) => {
    const [left, right] = [awsUsd(one, users), awsUsd(other, users)];
    return Math.abs(left - right) / left;
  });
  return Math.max(...apart);
}

for (const phase of ['1', '2', '3'])
  test(`the snapshot of phase ${phase} costs what its templates cost`, () => {
    const { assembly } = templatesOf({ phase: Number(phase) });
    const found = inventoryOf(readTemplates(assembly.directory));
    const apart = drift(found, readInventories()[phase]!);
    const advice =
      `npm --prefix infra run cost -- --phase ${phase} --templates CDK.OUT --write-inventory, ` +
      'then --write-docs';
    assert.ok(apart < kTolerance, `${Math.round(apart * 100)} % apart: ${advice}`);
  });

test('a list of the WAF more, or another plan of Cognito, is seen', () => {
  const kept = readInventories()['1']!;
  assert.equal(drift(kept, kept), 0);
  assert.ok(drift(kept, { ...kept, webAcls: kept.webAcls + 1 }) > kTolerance);
  assert.ok(drift(kept, { ...kept, userPoolTier: 'LITE' }) > kTolerance);
});
