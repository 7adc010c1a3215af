using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using nanoFramework.Networking;

namespace MailAppliance.Boards
{
    /// <summary>
    /// Watches over the board's address, Ethernet or Wi-Fi, whichever has one: says it, starts SNTP, and starts Wi-Fi over where
    /// there is none for long. Links, DHCP and the credentials (given when the board was flashed) are the firmware's business.
    /// </summary>
    /// <remarks>
    /// Runs in the thread of <see cref="BoardWatch"/>: connecting to Wi-Fi makes its thread wait for some 20 seconds, and the loop
    /// must not. The loop reads <see cref="IsRenewed"/> and <see cref="WantsReboot"/>, and writes the former.
    /// </remarks>
    internal sealed class NetworkWatch
    {
        private const int MinuteMilliseconds = 60000;

        // An address that the board had once and does not get back.
        private const int LostMilliseconds = 30 * MinuteMilliseconds;

        private const string NoAddress = "0.0.0.0";

        private WifiAdapter _adapter;
        private string _address;
        private bool _hadAddress;
        private bool _wasUp;
        private long _lookAt;
        private long _missingSince;
        private long _startedOverAt;

        /// <summary>The board's address; null where it has none.</summary>
        internal string Address
        {
            get { return _address; }
        }

        /// <summary>The board has an address again, or another one: listeners have to be opened anew. Whoever did sets it to false.</summary>
        internal bool IsRenewed { get; set; }

        /// <summary>The board had an address, and could not get one for half an hour: the last thing to try.</summary>
        internal bool WantsReboot
        {
            get { return _hadAddress && _address == null && Environment.TickCount64 - _missingSince >= LostMilliseconds; }
        }

        /// <summary>Looks; may wait, as the type's remarks say.</summary>
        internal void Look()
        {
            // The one question that allocates nothing; the other is asked once a minute, and where this one's answer changes.
            bool isUp = NetworkInterface.GetIsNetworkAvailable();
            long now = Environment.TickCount64;
            if (_address != null && isUp == _wasUp && now < _lookAt)
            {
                return;
            }

            _wasUp = isUp;
            _lookAt = now + MinuteMilliseconds;
            string address = FindAddress();
            if (address == null)
            {
                Miss(now);
            }
            else if (address != _address)
            {
                Take(address);
            }
        }

        private static string FindAddress()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int at = 0; at < interfaces.Length; at++)
            {
                string address = interfaces[at].IPv4Address;
                if (interfaces[at].NetworkInterfaceType != NetworkInterfaceType.WirelessAP
                    && address != null && address.Length > 0 && address != NoAddress)
                {
                    return address;
                }
            }

            return null;
        }

        private void Take(string address)
        {
            _address = address;
            Console.WriteLine("notice  network: the board's address is " + address);
            if (_hadAddress)
            {
                IsRenewed = true;
                return;
            }

            _hadAddress = true;

            // Nobody waits for its answer: until it comes the date is not known, and nothing is dated. Firmware that has started it
            // by itself takes no notice.
            Sntp.Start();
        }

        private void Miss(long now)
        {
            if (_address != null)
            {
                _address = null;
                _missingSince = now;
                _startedOverAt = now;
                Console.WriteLine("warning network: the board has no address any more");
                return;
            }

            if (now - _startedOverAt >= MinuteMilliseconds)
            {
                _startedOverAt = now;
                StartOver();
            }
        }

        // Ethernet's link and DHCP start over by themselves.
        private void StartOver()
        {
            string ssid = "";
            string password = "";
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int at = 0; at < interfaces.Length; at++)
            {
                if (interfaces[at].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    Wireless80211Configuration wireless =
                        Wireless80211Configuration.GetAllWireless80211Configurations()[(int)interfaces[at].SpecificConfigId];
                    ssid = wireless.Ssid;
                    password = wireless.Password;
                    break;
                }
            }

            if (ssid == null || ssid.Length == 0)
            {
                Console.WriteLine("warning network: no address. Is the cable in? Wi-Fi has no credentials: nanoff --networkdeployment gives them");
                return;
            }

            Console.WriteLine("warning network: no address, Wi-Fi starts over with " + ssid);
            if (_adapter == null)
            {
                _adapter = WifiAdapter.FindAllAdapters()[0];
            }

            WifiConnectionResult result = _adapter.Connect(ssid, WifiReconnectionKind.Automatic, password);
            if (result.ConnectionStatus != WifiConnectionStatus.Success)
            {
                Console.WriteLine("warning network: Wi-Fi can't be joined, status " + ((int)result.ConnectionStatus).ToString());
            }
        }
    }
}
