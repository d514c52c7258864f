/** Addresses of learning record stores. What is sent there carries credentials, so the wire has to be private. */

/** A store's address in the one way in which two of them are compared: with a slash at its end, host in lower case. */
export function normalEndpoint(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const isPrivate = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isPrivate || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return undefined;
  return `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
}

/** True for a host that never leaves this machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
