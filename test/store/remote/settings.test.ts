/** What is read of AWS's variables and files, and which words name a shared store. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsSettings } from '../../../src/store/remote/aws-settings.js';
import { sharedPlace } from '../../../src/store/remote/places.js';
import { reportFolder } from '../../report-folder.js';

/** A home with files as `aws configure` writes them. */
const home = reportFolder({
  '.aws/credentials':
    '[default]\naws_access_key_id = d-id\naws_secret_access_key = d/secret+=\n\n[lab]\naws_access_key_id=l-id\naws_secret_access_key=l#secret\naws_session_token=l-token\n',
  '.aws/config':
    '[default]\nregion = eu-north-1\n# a remark\n[profile lab]\nregion=eu-west-3 ; a remark\ns3 =\n  addressing_style = path\nendpoint_url = https://store.lab.example/\n[profile sso]\nsso_session = x\n',
});

describe('awsSettings', () => {
  it('reads the files of profiles', () => {
    const credentials = { accessKeyId: 'd-id', secretAccessKey: 'd/secret+=' };
    expect(awsSettings({}, home)).toEqual({ region: 'eu-north-1', credentials });
    expect(awsSettings({ AWS_PROFILE: 'lab' }, home)).toEqual({
      region: 'eu-west-3',
      endpoint: 'https://store.lab.example',
      credentials: { accessKeyId: 'l-id', secretAccessKey: 'l#secret', sessionToken: 'l-token' },
    });
    expect(awsSettings({}, '/nowhere')).toEqual({ region: 'us-east-1' });
    const file = join(home, 'elsewhere');
    writeFileSync(file, '[default]\naws_access_key_id=e\naws_secret_access_key=e\n');
    expect(awsSettings({ AWS_SHARED_CREDENTIALS_FILE: file }, '/nowhere')).toMatchObject({
      credentials: { accessKeyId: 'e' },
    });
  });

  it('takes variables first, and those for S3 before those for all', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'v', AWS_SECRET_ACCESS_KEY: 'v', AWS_REGION: 'ap-south-1' };
    const endpoints = { AWS_ENDPOINT_URL: 'https://all.example', AWS_ENDPOINT_URL_S3: 'https://s3.example' };
    expect(awsSettings({ ...keys, ...endpoints, AWS_PROFILE: 'lab' }, home)).toEqual({
      ...{ region: 'ap-south-1', endpoint: 'https://s3.example' },
      credentials: { accessKeyId: 'v', secretAccessKey: 'v' },
    });
  });

  it.each([
    [{ AWS_PROFILE: 'nobody' }, /no profile "nobody"/],
    [{ AWS_PROFILE: 'sso' }, /has its keys by sso_session; say eval "\$\(aws configure export-credentials/],
    [
      { AWS_ENDPOINT_URL: 'https://user:canary@host' },
      /^write AWS_ENDPOINT_URL as https:\/\/HOST, without a password or \?$/,
    ],
    [{ AWS_REGION: 'x/../y' }, /region/],
  ])('says what it cannot use: %o', (variables, refused) => {
    expect(awsSettings(variables, home)).toEqual({ refused: expect.stringMatching(refused) as string });
  });
});

describe('sharedPlace', () => {
  it('knows buckets, web addresses and folders by their schemes, and takes all else for a folder of one’s own', () => {
    expect(sharedPlace('.colophon')).toBeUndefined();
    expect(sharedPlace('C:\\results')).toBeUndefined();
    expect(sharedPlace('s3://group')).toMatchObject({ kind: 's3', bucket: 'group', prefix: '' });
    expect(sharedPlace('s3://group/a//b/')).toEqual({
      kind: 's3',
      name: 's3://group/a/b',
      bucket: 'group',
      prefix: 'a/b',
    });
    expect(sharedPlace('https://host/x/')).toEqual({ kind: 'web', name: 'https://host/x', url: 'https://host/x' });
    expect(sharedPlace('http://127.0.0.1:80/x')).toMatchObject({ kind: 'web' });
    expect(sharedPlace('file:///mnt/a%20b')).toMatchObject({ kind: 'folder', folder: '/mnt/a b' });
  });

  it.each([
    's3://',
    's3://x_y',
    's3://b@d/x',
    's3://group/../x',
    's3://group/a?b',
    'http://host/x',
    'https://a:b@host',
    'https://host/?x',
    'file://host/x',
    'gs://group',
  ])('refuses %s, and does not repeat it', (word) => {
    const place = sharedPlace(word);
    expect(place).toEqual({ refused: expect.any(String) as string });
    expect(JSON.stringify(place)).not.toContain(word.replace(/^\w+:\/\//, '') || 'nothing');
  });
});
