/** Region, endpoint and credentials where AWS's own programs look for them: variables first, then the files of profiles. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsSettings {
  readonly region: string;
  /** Of another service than AWS's own. */
  readonly endpoint?: string;
  /** Absent for who asks without a name, as anyone may of a public bucket. */
  readonly credentials?: AwsCredentials;
}

type Variables = Readonly<Record<string, string | undefined>>;
type Section = Readonly<Record<string, string>>;

/** What the profile of a person may have instead of keys, which only AWS's own programs can make keys of. */
const elsewhere = ['sso_session', 'sso_start_url', 'role_arn', 'credential_process', 'web_identity_token_file'];

/** The settings for S3; a sentence where they cannot be used. Never says a credential. */
export function awsSettings(
  variables: Variables = process.env,
  home = homedir(),
): AwsSettings | { readonly refused: string } {
  const said = (name: string): string | undefined => {
    const value = variables[name]?.trim();
    return value === '' ? undefined : value;
  };
  const chosen = said('AWS_PROFILE') ?? said('AWS_DEFAULT_PROFILE');
  const profile = chosen ?? 'default';
  const config = sectionsOf(said('AWS_CONFIG_FILE') ?? join(home, '.aws', 'config'));
  const keys = sectionsOf(said('AWS_SHARED_CREDENTIALS_FILE') ?? join(home, '.aws', 'credentials'));
  const settings = config.get(profile === 'default' && config.has('default') ? 'default' : `profile ${profile}`);
  const secret = keys.get(profile);
  const fromVariables = credentialsIn((name) => said(name.toUpperCase()));
  if (chosen !== undefined && settings === undefined && secret === undefined && fromVariables === undefined)
    return { refused: `there is no profile "${chosen}" in AWS's files; change AWS_PROFILE` };
  const credentials = fromVariables ?? credentialsIn((name) => secret?.[name] ?? settings?.[name]);
  const lack = elsewhere.find((name) => secret?.[name] !== undefined || settings?.[name] !== undefined);
  if (credentials === undefined && lack !== undefined)
    return {
      refused: `the profile "${profile}" has its keys by ${lack}; say eval "$(aws configure export-credentials --format env)" first`,
    };
  const unfit = Object.entries(credentials ?? {}).find(([, value]) => !/^[\x21-\x7e]+$/.test(String(value)));
  if (unfit !== undefined)
    return { refused: `${wordOf(unfit[0])} has a blank, a line break or a letter that no key has; copy it again` };
  const region = said('AWS_REGION') ?? said('AWS_DEFAULT_REGION') ?? settings?.['region'] ?? 'us-east-1';
  if (!/^[a-z0-9-]{1,40}$/.test(region)) return { refused: 'the region of AWS_REGION is none' };
  const endpoint = said('AWS_ENDPOINT_URL_S3') ?? said('AWS_ENDPOINT_URL') ?? settings?.['endpoint_url'];
  if (endpoint !== undefined && !isEndpoint(endpoint))
    return { refused: 'write AWS_ENDPOINT_URL as https://HOST, without a password or ?' };
  return {
    region,
    ...(endpoint !== undefined && { endpoint: endpoint.replace(/\/+$/, '') }),
    ...(credentials !== undefined && { credentials }),
  };
}

/** "aws_session_token" of "sessionToken", as people write it. */
function wordOf(name: string): string {
  return `aws${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function credentialsIn(value: (name: string) => string | undefined): AwsCredentials | undefined {
  const [accessKeyId, secretAccessKey] = [value('aws_access_key_id'), value('aws_secret_access_key')];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = value('aws_session_token');
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function isEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return [url.username, url.password, url.search, url.hash].every((part) => part === '');
}

/** The sections of one of AWS's files; none where it cannot be read. What is indented belongs to the line above, and is left out. */
function sectionsOf(file: string): ReadonlyMap<string, Section> {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return new Map();
  }
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\[\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    if (name !== undefined) {
      section = sections.get(name) ?? {};
      sections.set(name.replace(/\s+/g, ' '), section);
      continue;
    }
    const [, option = '', value = ''] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    // A comment begins with a blank: keys have these signs in them.
    if (option !== '') section[option.toLowerCase()] = value.replace(/\s[#;].*$/, '');
  }
  return sections;
}
