/** Every kind of shared store keeps to the same protocol; services of S3 as they answered when they were recorded, too. */
import { describe, expect, it } from 'vitest';
import { openRemote } from '../../../src/store/remote/open-remote.js';
import { sharedPlace } from '../../../src/store/remote/places.js';
import { s3Store } from '../../../src/store/remote/s3.js';
import { temporaryFolder } from '../../report-folder.js';
import { objectServer } from './object-server.js';
import { talk } from './protocol.js';
import { recordings, replaying } from './recorded.js';

const place = { name: 's3://group/pre', bucket: 'group', prefix: 'pre' };
const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

describe('a shared store', () => {
  it('in a folder', async () => {
    const at = sharedPlace(`file://${temporaryFolder()}`);
    if (at === undefined || 'refused' in at) throw new Error('it is a place');
    await talk(openRemote(at));
  });

  it('in a bucket', async () => {
    const server = await objectServer();
    await talk(s3Store(place, { region: 'us-east-1', endpoint: server.url, credentials }));
    await server.close();
  });

  it.each(recordings())('in a bucket of $server, as it answered', async ({ exchanges }) => {
    const server = await replaying(exchanges);
    await talk(s3Store(place, { region: 'us-east-1', endpoint: server.url, credentials }));
    expect(server.left()).toEqual([]);
    server.close();
  });

  // `npm run test:shared` starts them.
  const running = (process.env['SHARED_ENDPOINTS'] ?? '').split(' ').filter((endpoint) => endpoint !== '');
  it.each(running)('in a bucket of the server at %s', async (endpoint) => {
    await talk(s3Store(place, { region: 'us-east-1', endpoint, credentials }));
  });
});
