/** Credits a new account starts with (the server's SIGNUP_CREDITS, as shipped). */
export const signupCredits = 5;
