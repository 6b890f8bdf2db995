// What is typed into notes and not on the server yet: one record a point in this browser, in the order of typing.
// A record goes as soon as the server has it, and all of a person's records go when that person signs out.
const NAME = "intersession-notes";
export const PAGES = "intersession-notes-pages";

const asPromise = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function database() {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("points", { keyPath: "sequence", autoIncrement: true });
      request.result.createObjectStore("drafts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  }));
}

async function act(store, mode, what) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const result = await asPromise(what(transaction.objectStore(store)));
  await done;
  return result;
}

export const add = (point) => act("points", "readwrite", (store) => store.add(point));
export const put = (point) => act("points", "readwrite", (store) => store.put(point));
export const remove = (sequence) => act("points", "readwrite", (store) => store.delete(sequence));
export const all = () => act("points", "readonly", (store) => store.getAll());
export const draftOf = (key) => act("drafts", "readonly", (store) => store.get(key));
export const keepDraft = (key, text) => act("drafts", "readwrite", (store) => (text ? store.put(text, key) : store.delete(key)));

export async function countOf(owner) {
  if (indexedDB.databases && !(await indexedDB.databases()).some(({ name }) => name === NAME)) return 0;
  return (await all()).filter((point) => point.owner === owner).length;
}

// Nothing of what this person typed or read in notes stays behind.
export async function forget(owner) {
  if (window.caches) await caches.delete(PAGES);
  if (indexedDB.databases && !(await indexedDB.databases()).some(({ name }) => name === NAME)) return;
  for (const point of await all()) if (point.owner === owner) await remove(point.sequence);
  const keys = await act("drafts", "readonly", (store) => store.getAllKeys());
  for (const key of keys) if (String(key).endsWith(`|${owner}`)) await keepDraft(key, "");
}
