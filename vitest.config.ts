import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A person's time zone and language must not change what the tests see.
    env: { TZ: 'UTC', LANG: 'C.UTF-8' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
