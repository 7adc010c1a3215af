namespace MailAppliance.Login
{
    /// <summary>The SASL mechanisms (RFC 4422).</summary>
    public static class SaslMechanism
    {
        /// <summary>None that is offered.</summary>
        public const int Unknown = -1;

        /// <summary>PLAIN (RFC 4616): one message with name and password.</summary>
        public const int Plain = 0;

        /// <summary>LOGIN, which no RFC describes and every device knows: the name and the password are asked for.</summary>
        public const int Login = 1;

        /// <summary>CRAM-MD5 (RFC 2195): the password never goes over the wire, and must be there in plain.</summary>
        public const int CramMd5 = 2;

        /// <summary>APOP (RFC 1939 section 7), which is none, but a claim like those: the MD5 of the greeting's stamp and the password.</summary>
        public const int Apop = 3;

        /// <summary>USER and PASS (RFC 1939 section 7), likewise.</summary>
        public const int UserPass = 4;
    }
}
