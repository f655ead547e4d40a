import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority, and certificates as servers are found to have them. All members are paths of PEM files. */
export interface Certificates extends AsyncDisposable {
  readonly ca: string;
  /** Signed by the authority, for `localhost` and 127.0.0.1. */
  readonly right: Certificate;
  /** Signed by the authority, for 127.0.0.1 and no name. */
  readonly addressOnly: Certificate;
  /** Signed by the authority, for another host. */
  readonly wrongHost: Certificate;
  /** For `localhost`, signed by itself. */
  readonly selfSigned: Certificate;
  /** Not a certificate. */
  readonly notPem: string;
}

/** Makes the authority and the certificates with the machine's openssl. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-tls-'));
  const at = (name: string): string => join(directory, name);
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  const selfSign = async (name: string, subject: string, extension: string): Promise<Certificate> => {
    const [certificate, key] = [at(`${name}.pem`), at(`${name}.key`)];
    const files = ['-keyout', key, '-out', certificate];
    await run('openssl', ['req', '-x509', ...newKey, '-days', '2', '-subj', subject, '-addext', extension, ...files]);
    return { certificate, key };
  };
  const authority = await selfSign('ca', '/CN=Rowhouse test authority', 'keyUsage=critical,keyCertSign');
  const sign = async (name: string, hosts: string): Promise<Certificate> => {
    const [certificate, key, request, extension] = [
      at(`${name}.pem`),
      at(`${name}.key`),
      at(`${name}.csr`),
      at(`${name}.ext`),
    ];
    await run('openssl', ['req', ...newKey, '-subj', `/CN=${name}`, '-keyout', key, '-out', request]);
    await writeFile(extension, `subjectAltName=${hosts}\n`);
    const signer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'];
    await run('openssl', [
      'x509',
      '-req',
      '-in',
      request,
      ...signer,
      '-days',
      '2',
      '-extfile',
      extension,
      '-out',
      certificate,
    ]);
    return { certificate, key };
  };
  await writeFile(at('not.pem'), 'not a certificate\n');
  return {
    ca: authority.certificate,
    right: await sign('right', 'DNS:localhost,IP:127.0.0.1'),
    addressOnly: await sign('address', 'IP:127.0.0.1'),
    wrongHost: await sign('wrong', 'DNS:elsewhere.test'),
    selfSigned: await selfSign('self', '/CN=localhost', 'subjectAltName=DNS:localhost,IP:127.0.0.1'),
    notPem: at('not.pem'),
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true });
    },
  };
}
