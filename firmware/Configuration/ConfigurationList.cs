namespace MailAppliance.Configuration
{
    /// <summary>Walks over a value's elements, which have commas between them and white space around them.</summary>
    internal sealed class ConfigurationList
    {
        private readonly byte[] _buffer;
        private readonly int _end;
        private int _next;

        internal ConfigurationList(byte[] buffer, int offset, int count)
        {
            _buffer = buffer;
            _next = offset;
            _end = offset + count;
        }

        /// <summary>First octet of the element.</summary>
        internal int Offset;

        /// <summary>Its octets; 0 where nothing stands between two commas.</summary>
        internal int Count;

        /// <summary>Takes the next element; there is at least one, perhaps an empty one.</summary>
        /// <returns>False where there is none.</returns>
        internal bool Next()
        {
            if (_next > _end)
            {
                return false;
            }

            int start = _next;
            int end = start;
            while (end < _end && _buffer[end] != ',')
            {
                end++;
            }

            _next = end + 1;
            while (start < end && ConfigurationText.IsSpace(_buffer[start]))
            {
                start++;
            }

            while (end > start && ConfigurationText.IsSpace(_buffer[end - 1]))
            {
                end--;
            }

            Offset = start;
            Count = end - start;
            return true;
        }

        /// <summary>Whether the element is <c>*</c>.</summary>
        internal bool IsStar()
        {
            return Count == 1 && _buffer[Offset] == '*';
        }

        /// <summary>A copy of the element.</summary>
        internal byte[] Copy()
        {
            return ConfigurationText.Copy(_buffer, Offset, Count);
        }
    }
}
