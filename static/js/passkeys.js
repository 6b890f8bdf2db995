// Buttons that ask the device for a passkey before they send their form, where the answer travels in a hidden field. In a
// browser that knows no passkeys they stay hidden, and the other ways to sign in are there.
const ways = {
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
};

async function ask(button) {
  const { form, dataset } = button;
  const status = button.parentElement.querySelector("[role=status]");
  status.textContent = "";
  try {
    const asked = await fetch(dataset.options);
    const credential = await ways[dataset.passkey](await asked.json());
    form.elements.namedItem("answer").value = JSON.stringify(credential.toJSON());
  } catch {
    status.textContent = dataset.failed;
    return;
  }
  form.action = button.formAction;
  form.submit();
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      if (button.form.elements.namedItem("name")?.value.trim() === "") return; // the server says what is missing
      event.preventDefault();
      ask(button);
    });
  }
}
