namespace MailAppliance.Core
{
    /// <summary>Mail data as it is kept: as DATA brought it and RETR sends it, dot-stuffed and with its end.</summary>
    public static class WireForm
    {
        /// <summary>Octets of the end of mail data that are no part of the message: the dot and its CRLF.</summary>
        public const int EndOctets = 3;
    }
}
