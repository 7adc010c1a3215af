namespace MailAppliance.Login
{
    /// <summary>What <see cref="LoginCheck.Check"/> has come to.</summary>
    public static class LoginResult
    {
        /// <summary>Name or proof is wrong.</summary>
        public const int Wrong = 0;

        /// <summary>The proof is right for the maildrop.</summary>
        public const int Right = 1;

        /// <summary>There is still to hash, for this login or for one before it: ask again in the next turn.</summary>
        public const int Later = 2;

        /// <summary>Not looked at: too soon after wrong ones from the same source.</summary>
        public const int TooSoon = 3;
    }
}
