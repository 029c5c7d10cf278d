// Bringing pictures back, and only those that their owners still have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rig } from './rig.mjs';

const marker = (id, LastModified, more = {}) => ({
  Key: `images/${id}/original`,
  VersionId: `marker-of-${id}`,
  IsLatest: true,
  LastModified,
  ...more,
});

const kItems = {
  kept: { imageId: { S: 'kept' } },
  old: { imageId: { S: 'old' } },
  erased: { imageId: { S: 'erased' }, deletedAt: { N: '1' } },
};

test('a deleted picture is back, one that its owner deleted is not', () => {
  const rig = new Rig({
    items: kItems,
    markers: [
      marker('kept', '2026-11-24T04:00:00Z'),
      marker('erased', '2026-11-24T04:00:00Z'),
      marker('nobodys', '2026-11-24T04:00:00Z'),
      marker('old', '2026-11-20T04:00:00Z'),
      marker('kept', '2026-11-24T04:00:00Z', { IsLatest: false, VersionId: 'overwritten' }),
    ],
  });
  const flags = ['--bucket', 'pictures', '--since', '2026-11-24T00:00:00Z'];
  const dry = rig.run('restore_pictures.mjs', ...flags, '--dry-run');
  assert.match(dry.out, /1 files would come back, 2 stay deleted/);
  assert.equal(rig.state.markers.length, 5);
  const { status, out } = rig.run('restore_pictures.mjs', ...flags);
  assert.equal(status, 0);
  assert.match(out, /1 files are back, 2 stay deleted/);
  assert.deepEqual(
    rig.state.markers.map(({ VersionId }) => VersionId),
    ['marker-of-erased', 'marker-of-nobodys', 'marker-of-old', 'overwritten'],
  );
});

test('what only the other region has is copied from there', () => {
  const rig = new Rig({
    items: kItems,
    objects: {
      pictures: ['images/old/original'],
      copies: ['images/old/original', 'images/kept/original', 'images/erased/original'],
    },
  });
  const { out } = rig.run('restore_pictures.mjs', '--bucket', 'pictures', '--from', 'copies');
  assert.match(out, /1 files are back, 1 stay deleted/);
  assert.deepEqual(rig.state.objects.pictures, ['images/old/original', 'images/kept/original']);
  assert.ok(rig.state.calls.includes('ap-southeast-2 s3api list-objects-v2'));
});

test('without a bucket it says what to write', () => {
  assert.match(new Rig().run('restore_pictures.mjs').complaint, /--bucket is missing/);
});
