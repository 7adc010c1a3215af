namespace MailAppliance.Pop3
{
    /// <summary>The states of a POP3 session (RFC 1939 section 3), and the rules of moving between them.</summary>
    /// <remarks>
    /// <code>
    ///   Open ──> Authorization ─login, lock taken──> Transaction ──QUIT with marks──> Update
    ///                │  QUIT,                            │  QUIT without marks,         │  removal on the card,
    ///                │  6 wrong logins,                  │  abuse,                      │  or failed
    ///                │  abuse, idle, shutdown            │  idle, shutdown, damage      │
    ///                └──────────────┬────────────────────┴──────────────────────────────┘
    ///                               v
    ///                             Ended
    /// </code>
    /// <list type="bullet">
    /// <item>Only QUIT leads to Update. Idle timeout, shutdown and a lost connection remove nothing.</item>
    /// <item>A failed login, a maildrop in use included, stays in Authorization; PASS then wants USER again.</item>
    /// <item>In Update no command is taken, and after Ended none either: what is pipelined behind QUIT is never executed.</item>
    /// <item>The maildrop is held in Transaction and Update, and in no other state.</item>
    /// </list>
    /// The values are bits, so that the command table can say in which states a verb is allowed.
    /// </remarks>
    public static class Pop3State
    {
        /// <summary>Nobody is logged in.</summary>
        public const int Authorization = 1;

        /// <summary>A maildrop is open.</summary>
        public const int Transaction = 2;

        /// <summary>QUIT was given, and the marked messages are being removed.</summary>
        public const int Update = 4;

        /// <summary>Nothing is taken and nothing is answered any more.</summary>
        public const int Ended = 8;
    }
}
