/** The version of the engine, and of the command line that comes with it. Alone here, so that saying it loads nothing else. */
export const ENGINE_VERSION = '0.1.0';
