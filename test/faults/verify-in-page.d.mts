export const verifyInPage: string;
