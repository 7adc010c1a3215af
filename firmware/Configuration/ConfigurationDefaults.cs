namespace MailAppliance.Configuration
{
    /// <summary>
    /// What an application takes where the file says nothing, beside the table in <c>ConfigurationKeys</c>: keys and values as in the file,
    /// <c>ring 1M|smtp-port 2525</c>. Null leaves the table's defaults.
    /// </summary>
    public sealed class ConfigurationDefaults
    {
        /// <summary>In either profile; the profile itself is here.</summary>
        public string Any;

        /// <summary>In the large profile, where <see cref="Any"/> has nothing.</summary>
        public string Large;
    }
}
