namespace MailAppliance.Hal
{
    /// <summary>A listening TCP port.</summary>
    public interface IListener
    {
        /// <summary>The local port, also where the platform chose it.</summary>
        int Port { get; }

        /// <summary>Takes the oldest waiting connection, without blocking.</summary>
        /// <returns>The connection, owned by the caller until he closes it; null where none waits.</returns>
        /// <remarks>The only call of the network that may allocate: what the platform's socket library needs for one connection.</remarks>
        IConnection Accept();

        /// <summary>Stops listening; connections that were accepted live on.</summary>
        void Close();
    }
}
