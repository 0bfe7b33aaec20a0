// Waits for what the queue brings: polls until the check holds, and fails with its last error.

export const eventually = async <T>(check: () => Promise<T>, withinMs = 10_000): Promise<T> => {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
