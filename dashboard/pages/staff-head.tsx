// The head of a page for staff without script: never indexed, and no number on it becomes a link by the browser's own doing.

export function StaffHead({ title, stylesheet }: { title: string; stylesheet: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <meta name="format-detection" content="telephone=no" />
      <title>{`${title} · Quen`}</title>
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href={stylesheet} />
    </head>
  );
}
